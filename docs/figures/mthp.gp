# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure mthp-insn-run3. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
0 25775 25775 25775
1 25775 25775 25775
2 25775 25775 25798
3 25775 25775 25798
4 25775 25775 25775
5 25775 25775 25798
6 25775 25775 25775
7 25775 25775 25775
EOD
$series1 << EOD
0 411830 411830 411830
1 411830 411830 412045
2 411830 411830 411830
3 411830 411830 412045
4 411830 411830 411830
5 411830 411830 411830
6 411830 411830 412045
7 411830 411830 411830
EOD
set terminal svg size 720,475 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './mthp.svg'
unset label
unset arrow
set label 'Folio sizes below the PMD: a control' at screen 0.0222,0.9537 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'kernel 7.3.4+deb13-cloud-amd64 · insn: instructions executed; sees no cache, TLB or IPI · run 3' at screen 0.0222,0.9074 noenhanced textcolor rgb '#59636e' font ',12'
set label 'instructions of one mremap, logarithmic' at screen 0.0222,0.8589 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Points are medians, bars the quartiles. Numbers: difference to 4K folios, in % (below 0.01%: in the axis’ unit);' at screen 0.0222,0.0568 noenhanced textcolor rgb '#59636e' font ',11'
set label 'there is none.' at screen 0.0222,0.0253 noenhanced textcolor rgb '#59636e' font ',11'
set label 'folio size (32M, populated, mapped by PTEs)' at screen 0.4465,0.1095 noenhanced textcolor rgb '#59636e' center font ',12'
set lmargin at screen 0.1013
set rmargin at screen 0.7917
set tmargin at screen 0.8295
set bmargin at screen 0.1979
set border 1 linecolor rgb '#59636e' linewidth 1
set grid ytics noxtics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:7.5] noextend
set yrange [17183.33333:782885.5] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#1b1f24' ('20,000' 20000, '50,000' 50000, '100,000' 100000, '200,000' 200000, '500,000' 500000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#1b1f24' norotate ('4K' 0, '16K' 1, '32K' 2, '64K' 3, '128K' 4, '256K' 5, '512K' 6, '1M' 7)
set label 'unaligned' at screen 0.8111,0.7232 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#d55e00' offset character 1.2,-0.25
set label 'pmd' at screen 0.8111,0.2649 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 7 pointsize 0.8 linecolor rgb '#0072b2' offset character 1.2,-0.25
set label '25,775' at first 0,25775 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '411,830' at first 0,411830 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 1,25775 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 1,412045 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 2,25798 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 2,411830 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 3,25798 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 3,412045 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 4,25775 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 4,411830 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 5,25798 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 5,411830 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 6,25775 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 6,412045 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 7,25775 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 7,411830 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#0072b2' linewidth 1 pointtype 7 pointsize 0, \
     $series0 using 1:2 with linespoints linetype 1 linecolor rgb '#0072b2' linewidth 2 pointtype 7 pointsize 0.9, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#d55e00' linewidth 1 pointtype 5 pointsize 0, \
     $series1 using 1:2 with linespoints linetype 1 linecolor rgb '#d55e00' linewidth 2 pointtype 5 pointsize 0.9
unset output
