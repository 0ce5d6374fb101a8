# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure size-insn-run2. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
1073741824 7100 7100 7100
EOD
$series1 << EOD
2097152 7700 7700 7700
33554432 30200 30200 30200
1073741824 774200 774200 774200
EOD
$series2 << EOD
3145728 12700 12700 12700
33554432 35200 35200 35200
1073741824 779200 779200 779200
EOD
$series3 << EOD
4096 6255 6255 6255
2097152 34360 34360 34360
33554432 456760 456760 456760
1073741824 14424120 14424120 14424120
EOD
set terminal svg size 720,460 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './size-insn-run2.svg'
unset label
unset arrow
set label 'What one mremap costs, by size and alignment' at screen 0.0222,0.9522 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'kernel 6.12.117+deb12-cloud-amd64 · insn: instructions executed; sees no cache, TLB or IPI · run 2' at screen 0.0222,0.9043 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Points are medians, bars the quartiles.' at screen 0.0222,0.0261 noenhanced textcolor rgb '#59636e' font ',11'
set label 'instructions of one mremap, logarithmic' at screen 0.0222,0.8543 noenhanced textcolor rgb '#59636e' font ',12'
set label 'size moved (4K folios, populated)' at screen 0.4604,0.0804 noenhanced textcolor rgb '#59636e' center font ',12'
set lmargin at screen 0.1292
set rmargin at screen 0.7917
set tmargin at screen 0.8239
set bmargin at screen 0.1717
set border 1 linecolor rgb '#59636e' linewidth 1
set grid ytics xtics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set logscale x 2
set xrange [2730.666667:1610612736] noextend
set yrange [113.3333333:21636180] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#1b1f24' ('1,000' 1000, '10,000' 10000, '100,000' 100000, '1,000,000' 1000000, '10,000,000' 10000000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#1b1f24' norotate ('' 4096, '' 2097152, '' 3145728, '' 33554432, '' 1073741824)
set label '4K' at first 4096, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label '2M 3M' at first 2568476.15652861, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label '32M' at first 33554432, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label '1G' at first 1073741824, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label 'unaligned' at screen 0.8111,0.8022 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#d55e00' offset character 1.2,-0.25
set label 'mutual' at screen 0.8111,0.6456 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 9 pointsize 0.8 linecolor rgb '#008a63' offset character 1.2,-0.25
set label 'pmd' at screen 0.8111,0.6043 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 7 pointsize 0.8 linecolor rgb '#0072b2' offset character 1.2,-0.25
set label 'pud' at screen 0.8111,0.3937 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 13 pointsize 0.8 linecolor rgb '#b0588a' offset character 1.2,-0.25
set label 'floor: getppid' at screen 0.8111,0.1935 left noenhanced font ',13' textcolor rgb '#59636e'
plot 170 with lines linecolor rgb '#59636e' linewidth 1 dashtype 2, \
     $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b0588a' linewidth 1 pointtype 13 pointsize 0, \
     $series0 using 1:2 with linespoints linetype 1 linecolor rgb '#b0588a' linewidth 2 pointtype 13 pointsize 0.9, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#0072b2' linewidth 1 pointtype 7 pointsize 0, \
     $series1 using 1:2 with linespoints linetype 1 linecolor rgb '#0072b2' linewidth 2 pointtype 7 pointsize 0.9, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#008a63' linewidth 1 pointtype 9 pointsize 0, \
     $series2 using 1:2 with linespoints linetype 1 linecolor rgb '#008a63' linewidth 2 pointtype 9 pointsize 0.9, \
     $series3 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#d55e00' linewidth 1 pointtype 5 pointsize 0, \
     $series3 using 1:2 with linespoints linetype 1 linecolor rgb '#d55e00' linewidth 2 pointtype 5 pointsize 0.9
unset output
set terminal svg size 720,460 noenhanced rounded font 'sans-serif,13' background '#14171c'
set output './size-insn-run2-dark.svg'
unset label
unset arrow
set label 'What one mremap costs, by size and alignment' at screen 0.0222,0.9522 noenhanced textcolor rgb '#e6e9ed' font ',17'
set label 'kernel 6.12.117+deb12-cloud-amd64 · insn: instructions executed; sees no cache, TLB or IPI · run 2' at screen 0.0222,0.9043 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'Points are medians, bars the quartiles.' at screen 0.0222,0.0261 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'instructions of one mremap, logarithmic' at screen 0.0222,0.8543 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'size moved (4K folios, populated)' at screen 0.4604,0.0804 noenhanced textcolor rgb '#a2abb6' center font ',12'
set lmargin at screen 0.1292
set rmargin at screen 0.7917
set tmargin at screen 0.8239
set bmargin at screen 0.1717
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid ytics xtics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
set logscale y 10
set logscale x 2
set xrange [2730.666667:1610612736] noextend
set yrange [113.3333333:21636180] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#e6e9ed' ('1,000' 1000, '10,000' 10000, '100,000' 100000, '1,000,000' 1000000, '10,000,000' 10000000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#e6e9ed' norotate ('' 4096, '' 2097152, '' 3145728, '' 33554432, '' 1073741824)
set label '4K' at first 4096, screen 0.1348 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set label '2M 3M' at first 2568476.15652861, screen 0.1348 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set label '32M' at first 33554432, screen 0.1348 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set label '1G' at first 1073741824, screen 0.1348 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set label 'unaligned' at screen 0.8111,0.8022 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#ff8a3d' offset character 1.2,-0.25
set label 'mutual' at screen 0.8111,0.6456 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 9 pointsize 0.8 linecolor rgb '#2fc79a' offset character 1.2,-0.25
set label 'pmd' at screen 0.8111,0.6043 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 7 pointsize 0.8 linecolor rgb '#56b4e9' offset character 1.2,-0.25
set label 'pud' at screen 0.8111,0.3937 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 13 pointsize 0.8 linecolor rgb '#e39ac3' offset character 1.2,-0.25
set label 'floor: getppid' at screen 0.8111,0.1935 left noenhanced font ',13' textcolor rgb '#a2abb6'
plot 170 with lines linecolor rgb '#a2abb6' linewidth 1 dashtype 2, \
     $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#e39ac3' linewidth 1 pointtype 13 pointsize 0, \
     $series0 using 1:2 with linespoints linetype 1 linecolor rgb '#e39ac3' linewidth 2 pointtype 13 pointsize 0.9, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#56b4e9' linewidth 1 pointtype 7 pointsize 0, \
     $series1 using 1:2 with linespoints linetype 1 linecolor rgb '#56b4e9' linewidth 2 pointtype 7 pointsize 0.9, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#2fc79a' linewidth 1 pointtype 9 pointsize 0, \
     $series2 using 1:2 with linespoints linetype 1 linecolor rgb '#2fc79a' linewidth 2 pointtype 9 pointsize 0.9, \
     $series3 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#ff8a3d' linewidth 1 pointtype 5 pointsize 0, \
     $series3 using 1:2 with linespoints linetype 1 linecolor rgb '#ff8a3d' linewidth 2 pointtype 5 pointsize 0.9
unset output
