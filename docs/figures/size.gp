# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure size-insn-run1. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
1073741824 10014 10014 10248
2147483648 10538 10538 10538
EOD
$series1 << EOD
4096 15343 15343 15343
65536 16408 16408 16408
524288 20007 20007 20007
2097152 12861 12861 12861
5242880 26339 26339 26339
33554432 24306 24306 24306
268435456 109762 109762 109762
1073741824 405133 405133 405133
2147483648 798006 798006 798006
EOD
$series2 << EOD
2097152 26018 26018 26018
3145728 14100 14100 14100
5242880 14863 14863 14863
33554432 37973 37973 37973
268435456 122816 122816 122816
1073741824 418315 418315 418315
EOD
$series3 << EOD
4096 15343 15343 15343
65536 16408 16408 16408
524288 20007 20007 20007
2097152 36509 36509 36509
5242880 70875 70875 70875
33554432 384313 384313 384313
268435456 2963742 2963742 2963742
1073741824 11895520 11895520 11895520
EOD
set terminal svg size 720,460 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './size.svg'
unset label
unset arrow
set label 'What one mremap costs, by size and alignment' at screen 0.0222,0.9522 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'kernel 6.12.107+deb13-cloud-amd64 · insn: instructions executed; sees no cache, TLB or IPI · run 1' at screen 0.0222,0.9043 noenhanced textcolor rgb '#59636e' font ',12'
set label 'instructions of one mremap, logarithmic' at screen 0.0222,0.8543 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Points are medians, bars the quartiles.' at screen 0.0222,0.0261 noenhanced textcolor rgb '#59636e' font ',11'
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
set xrange [2730.666667:3221225472] noextend
set yrange [224.6666667:17843280] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#1b1f24' ('1,000' 1000, '10,000' 10000, '100,000' 100000, '1,000,000' 1000000, '10,000,000' 10000000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#1b1f24' norotate ('' 4096, '' 65536, '' 524288, '' 2097152, '' 3145728, '' 5242880, '' 33554432, '' 268435456, '' 1073741824, '' 2147483648)
set label '4K' at first 4096, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label '64K' at first 65536, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label '512K' at first 524288, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label '2M 3M 5M' at first 3315888.45978872, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label '32M' at first 33554432, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label '256M' at first 268435456, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label '1G 2G' at first 1518500249.98802, screen 0.1348 center noenhanced font ',12' textcolor rgb '#1b1f24'
set label 'unaligned' at screen 0.8111,0.8005 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#d55e00' offset character 1.2,-0.25
set label 'pmd' at screen 0.8111,0.6443 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 7 pointsize 0.8 linecolor rgb '#0072b2' offset character 1.2,-0.25
set label 'mutual' at screen 0.8111,0.6030 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 9 pointsize 0.8 linecolor rgb '#008a63' offset character 1.2,-0.25
set label 'pud' at screen 0.8111,0.3942 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 13 pointsize 0.8 linecolor rgb '#b0588a' offset character 1.2,-0.25
set label 'floor: getppid' at screen 0.8111,0.1952 left noenhanced font ',13' textcolor rgb '#59636e'
plot 337 with lines linecolor rgb '#59636e' linewidth 1 dashtype 2, \
     $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b0588a' linewidth 1 pointtype 13 pointsize 0, \
     $series0 using 1:2 with linespoints linetype 1 linecolor rgb '#b0588a' linewidth 2 pointtype 13 pointsize 0.9, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#0072b2' linewidth 1 pointtype 7 pointsize 0, \
     $series1 using 1:2 with linespoints linetype 1 linecolor rgb '#0072b2' linewidth 2 pointtype 7 pointsize 0.9, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#008a63' linewidth 1 pointtype 9 pointsize 0, \
     $series2 using 1:2 with linespoints linetype 1 linecolor rgb '#008a63' linewidth 2 pointtype 9 pointsize 0.9, \
     $series3 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#d55e00' linewidth 1 pointtype 5 pointsize 0, \
     $series3 using 1:2 with linespoints linetype 1 linecolor rgb '#d55e00' linewidth 2 pointtype 5 pointsize 0.9
unset output
