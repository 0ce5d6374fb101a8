# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure size-clock-run4. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
1073741824 6572 6572 6732
EOD
$series1 << EOD
2097152 7264 7264 7441
33554432 33210 33210 34020
1073741824 891135 891135 912870
EOD
$series2 << EOD
3145728 13029 13029 13347
33554432 38975 38975 39926
1073741824 896900 896900 918776
EOD
$series3 << EOD
4096 5597 5597 5734
2097152 38007 38007 38934
33554432 525087 525087 537894
1073741824 16631199 16631199 17036838
EOD
set terminal svg size 720,460 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './size-clock-run4.svg'
unset label
unset arrow
set label 'What one mremap costs, by size and alignment' at screen 0.0222,0.9522 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'kernel 6.18.0-host · clock: real time on this hardware, noise included · run 4' at screen 0.0222,0.9043 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Points are medians, bars the quartiles.' at screen 0.0222,0.0261 noenhanced textcolor rgb '#59636e' font ',11'
set label 'ns of one mremap, logarithmic' at screen 0.0222,0.8543 noenhanced textcolor rgb '#59636e' font ',12'
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
set yrange [116:25555257] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#1b1f24' ('1,000' 1000, '10,000' 10000, '100,000' 100000, '1,000,000' 1000000, '10,000,000' 10000000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#1b1f24' norotate ('' 4096, '' 2097152, '' 3145728, '' 33554432, '' 1073741824)
set label '4K' at first 4096, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label '2M 3M' at first 2568476.15652861, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label '32M' at first 33554432, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label '1G' at first 1073741824, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label 'unaligned' at screen 0.8111,0.8011 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#d55e00' offset character 1.2,-0.25
set label 'mutual' at screen 0.8111,0.6463 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 9 pointsize 0.8 linecolor rgb '#008a63' offset character 1.2,-0.25
set label 'pmd' at screen 0.8111,0.6050 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 7 pointsize 0.8 linecolor rgb '#0072b2' offset character 1.2,-0.25
set label 'pud' at screen 0.8111,0.3857 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 13 pointsize 0.8 linecolor rgb '#b0588a' offset character 1.2,-0.25
set label 'floor: getppid' at screen 0.8111,0.1932 left noenhanced font ',13' textcolor rgb '#59636e'
plot 174 with lines linecolor rgb '#59636e' linewidth 1 dashtype 2, \
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
set output './size-clock-run4-dark.svg'
unset label
unset arrow
set label 'What one mremap costs, by size and alignment' at screen 0.0222,0.9522 noenhanced textcolor rgb '#e6e9ed' font ',17'
set label 'kernel 6.18.0-host · clock: real time on this hardware, noise included · run 4' at screen 0.0222,0.9043 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'Points are medians, bars the quartiles.' at screen 0.0222,0.0261 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'ns of one mremap, logarithmic' at screen 0.0222,0.8543 noenhanced textcolor rgb '#a2abb6' font ',12'
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
set yrange [116:25555257] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#e6e9ed' ('1,000' 1000, '10,000' 10000, '100,000' 100000, '1,000,000' 1000000, '10,000,000' 10000000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#e6e9ed' norotate ('' 4096, '' 2097152, '' 3145728, '' 33554432, '' 1073741824)
set label '4K' at first 4096, screen 0.1348 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set label '2M 3M' at first 2568476.15652861, screen 0.1348 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set label '32M' at first 33554432, screen 0.1348 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set label '1G' at first 1073741824, screen 0.1348 center noenhanced font ',12' textcolor rgb '#e6e9ed'
set label 'unaligned' at screen 0.8111,0.8011 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#ff8a3d' offset character 1.2,-0.25
set label 'mutual' at screen 0.8111,0.6463 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 9 pointsize 0.8 linecolor rgb '#2fc79a' offset character 1.2,-0.25
set label 'pmd' at screen 0.8111,0.6050 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 7 pointsize 0.8 linecolor rgb '#56b4e9' offset character 1.2,-0.25
set label 'pud' at screen 0.8111,0.3857 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 13 pointsize 0.8 linecolor rgb '#e39ac3' offset character 1.2,-0.25
set label 'floor: getppid' at screen 0.8111,0.1932 left noenhanced font ',13' textcolor rgb '#a2abb6'
plot 174 with lines linecolor rgb '#a2abb6' linewidth 1 dashtype 2, \
     $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#e39ac3' linewidth 1 pointtype 13 pointsize 0, \
     $series0 using 1:2 with linespoints linetype 1 linecolor rgb '#e39ac3' linewidth 2 pointtype 13 pointsize 0.9, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#56b4e9' linewidth 1 pointtype 7 pointsize 0, \
     $series1 using 1:2 with linespoints linetype 1 linecolor rgb '#56b4e9' linewidth 2 pointtype 7 pointsize 0.9, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#2fc79a' linewidth 1 pointtype 9 pointsize 0, \
     $series2 using 1:2 with linespoints linetype 1 linecolor rgb '#2fc79a' linewidth 2 pointtype 9 pointsize 0.9, \
     $series3 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#ff8a3d' linewidth 1 pointtype 5 pointsize 0, \
     $series3 using 1:2 with linespoints linetype 1 linecolor rgb '#ff8a3d' linewidth 2 pointtype 5 pointsize 0.9
unset output
